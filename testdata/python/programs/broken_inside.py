PROGRAM = {
    "name": "half typed",
    "steps": [
        {"id": "a", "type": "tool", "tool": "t", "next_step": "ghost"},
        {"id": "b", "type": "tool", "tool": ,
        {"id": "fail", "type": "tool", "tool": "t"}
    ],
}
AFTER = {"steps": [{"id": "fail", "type": "tool", "tool": "t", "next_step": "phantom"}]}
