package config

import (
	"fmt"
	"strings"
)

// Draft is what a configuration is begun with: what was found in a project.
type Draft struct {
	Target        string // the release of llm-nano-vm; empty if nobody knows
	TargetFrom    string // where that was found, or why it is not known
	Inputs, Tools []Found
}

// Found is a name and where it was met first.
type Found struct{ Name, Where string }

// docsURL explains every key.
const docsURL = "https://github.com/nanolint/nanolint/blob/main/docs/configuration.md"

// String is the configuration in YAML, with comments.
func (d Draft) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# What nanolint checks here, and what it may take for granted. All keys: %s\n\n", docsURL)
	b.WriteString("# Where to start from: recommended, strict, or ci-gate for what blocks a merge.\npreset: recommended\n\n")
	switch {
	case d.Target != "":
		fmt.Fprintf(&b, "# The release of llm-nano-vm that runs the programs, from %s.\ntarget-version: %s\n\n", d.TargetFrom, quoted(d.Target))
	default:
		fmt.Fprintf(&b, "# The release of llm-nano-vm that runs the programs; %s.\n# target-version: %s\n\n",
			d.TargetFrom, quoted(schema().At("/properties/target-version/default").Text.Value))
	}
	b.WriteString("# Rules that do not run, and rules whose findings count for more or less.\n# ignore: [no-failure-signal]\n# severity: {no-failure-signal: warning}\n\n")
	list(&b, "inputs", d.Inputs, "The names that callers pass to programs: all of them. A variable that is not here and that no step writes is reported.\n"+
		"# These are the ones that programs read today: look for mistakes among them.", "customer_id")
	b.WriteByte('\n')
	list(&b, "tools", d.Tools, "The tools that the machine knows: all of them. Or the path of a manifest, as an MCP server's tools/list answers.\n"+
		"# These are the ones that programs call today; {name: …, suspends: true} is one that may answer PENDING.", "lookup_customer")
	b.WriteString("\n# Other settings for some files.\n# overrides:\n#   - files: [examples/]\n#     ignore: [no-failure-signal]\n")
	return b.String()
}

func list(b *strings.Builder, key string, found []Found, comment, example string) {
	fmt.Fprintf(b, "# %s\n", comment)
	if len(found) == 0 {
		fmt.Fprintf(b, "# %s: [%s]\n", key, example)
		return
	}
	fmt.Fprintf(b, "%s:\n", key)
	for _, f := range found {
		fmt.Fprintf(b, "  - %s # %s\n", quoted(f.Name), f.Where)
	}
}
