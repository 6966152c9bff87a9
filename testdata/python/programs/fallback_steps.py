"""Steps of the runtime's own class, with branch targets that end the program."""
from nano_vm import OnError, Program, Step, StepType


def credit_application() -> Program:
    return Program(
        name="credit_application_provider_fallback",
        steps=[
            Step(id="s1_score", type=StepType.TOOL, tool="score", on_error=OnError.SKIP),
            Step(
                id="s2_check",
                type=StepType.CONDITION,
                condition="$s1_score.output == 'ok'",
                then="s3_setup",
                otherwise="switch_provider",
            ),
            Step(id="switch_provider", type=StepType.TOOL, tool="switch_provider"),
            Step(id="s3_setup", type=StepType.TOOL, tool="setup"),
            Step(id="s4_decide", type=StepType.LLM, prompt="Approve or reject? $s3_setup.output",
                 allowed_outputs=["approve", "reject"]),
            Step(id="s5_fail", type=StepType.TOOL, tool="fail", is_terminal=True),
        ],
    )
