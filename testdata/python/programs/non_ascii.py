# Положения в файле считаются в символах, а не в байтах.
ПРОГРАММА = {
    "name": "оплата",
    "steps": [
        {"id": "спросить", "type": "llm", "prompt": "да или нет? $вопрос 😀", "allowed_outputs": ["да", "нет"]},
        {"id": "выбор", "type": "condition", "condition": "$спросить.output == 'дa'", "then": "да", "otherwise": "fail"},
        {"id": "да", "type": "tool", "tool": "pay", "is_terminal": True},
        {"id": "fail", "type": "tool", "tool": "fail", "is_terminal": True},
    ],
}
