import nano_vm as nv
from nano_vm.models import OnError as Policy
from nano_vm.models import Step as S

REFUND = nv.Program(
    name="refund",
    steps=[
        S(id="pay", type=nv.StepType.TOOL, tool="pay", on_error=Policy.RETRY, max_retries=2),
        S(id="mail", type=nv.models.StepType.LLM, prompt="Tell the customer about $pay.output"),
        S(id="failed", type=nv.StepType.TOOL, tool="fail", next_step="mial"),
    ],
)
