"""The form that the planner's prompt teaches: a variable in quotes."""
import asyncio

from nano_vm import ExecutionVM, Program

program = Program.from_dict({
    "name": "triage",
    "steps": [
        {"id": "classify", "type": "llm", "prompt": "urgent or calm? $message", "output_key": "label",
         "allowed_outputs": ["urgent", "calm"]},
        {"id": "route", "type": "condition", "condition": "'urgent' in '$label'",
         "then": "handle_urgent", "otherwise": "handle_error"},
        {"id": "handle_urgent", "type": "tool", "tool": "page", "is_terminal": True},
        {"id": "handle_error", "type": "tool", "tool": "queue", "is_terminal": True},
    ],
})


async def main():
    vm = ExecutionVM()
    print(await vm.run(program, {"message": "help"}))


if __name__ == "__main__":
    asyncio.run(main())
