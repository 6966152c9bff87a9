def unfinished(a, b:
    return a

PROGRAM = {
    "name": "whole",
    "steps": [
        {"id": "a", "type": "tool", "tool": "t", "next_step": "b"},
        {"id": "fail", "type": "tool", "tool": "t"},
    ],
}

print "Python 2"
