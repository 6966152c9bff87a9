"""A program as a constant of a module."""

ORDER_PROGRAM = {
    "name": "order_start_cooking",
    "version": "1.0",
    "steps": [
        {"id": "load", "type": "tool", "tool": "load_order", "args": {"order_id": "$order_id"}, "output_key": "order"},
        {
            "id": "paid",
            "type": "condition",
            "condition": "$order.status == 'paid'",
            "then": "cook",
            "otherwise": "reject_order",
        },
        {"id": "cook", "type": "tool", "tool": "start_cooking", "is_terminal": True},
        {"id": "reject_order", "type": "tool", "tool": "reject", "is_terminal": True},
    ],
}
