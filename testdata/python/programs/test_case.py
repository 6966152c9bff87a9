import unittest

from nano_vm import Program, Step, StepType


class TestRetry(unittest.TestCase):
    def setUp(self):
        self.program = Program(
            name='retry',
            steps=[
                Step(id='call', type=StepType.TOOL, tool='flaky', on_error='retry', max_retries=1),
                Step(id='ok', type=StepType.CONDITION, condition="$call.output == 'ok'",
                     then='ship', otherwise='fail'),
                Step(id='ship', type=StepType.TOOL, tool='ship', is_terminal=True),
                Step(id='fail', type=StepType.TOOL, tool='fail', is_terminal=True),
            ],
        )

    def test_name(self):
        self.assertEqual(self.program.name, 'retry')
