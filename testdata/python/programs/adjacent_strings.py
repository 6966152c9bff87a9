PROGRAM = {
    'name': 'adjacent',
    'steps': [
        {
            'id': 'guard',
            'type': 'llm',
            'prompt': ('Is this text harmless? '
                       'Answer safe '  # the first answer
                       'or unsafe.\n'
                       '$text'),
            'allowed_outputs': ['safe', 'unsafe'],
        },
        {
            'id': 'gate',
            'type': 'condition',
            'condition': '$guard.output '
                         '== "saef"',
            'then': 'publish',
            'otherwise': 'block',
        },
        {'id': 'publish', 'type': 'tool', 'tool': 'publish', 'is_terminal': True},
        {'id': 'block', 'type': 'tool', 'tool': 'block', 'is_terminal': True},
    ],
}
