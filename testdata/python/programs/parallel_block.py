from nano_vm import Program, Step, StepType

FETCH = Program(
    name="parallel",
    steps=[
        Step(
            id="fetch",
            type=StepType.PARALLEL,
            max_concurrency=2,
            parallel_steps=[
                Step(id="weather", type=StepType.TOOL, tool="weather", args={"city": "$city"}, next_step="brief"),
                Step(id="news", type=StepType.TOOL, tool="news"),
                Step(id="gate", type=StepType.CONDITION, condition="$x", then="brief"),
            ],
        ),
        Step(id="brief", type=StepType.LLM, prompt="Brief: $weather.output $fetch.news"),
        Step(id="fail", type=StepType.TOOL, tool="fail"),
    ],
)
