# %%
from nano_vm import Program

# %% [markdown]
# # Refunds

# %%
program_dict = {'name': 'refund', 'steps': [
    {'id': 'ask', 'type': 'llm', 'prompt': 'refund or keep? $mail', 'allowed_outputs': ['refund', 'keep'], 'on_error': 'skip'},
    {'id': 'gate', 'type': 'condition', 'condition': '$ask.output == \'refund\'', 'then': 'pay_back', 'otherwise': 'reject'},
    {'id': 'pay_back', 'type': 'tool', 'tool': 'pay_back', 'args': {'to': '$customer.id'}, 'is_terminal': True},
    {'id': 'reject', 'type': 'tool', 'tool': 'reject', 'is_terminal': True},
]}
p = Program.from_dict(program_dict)
# %%
p
