// What the results of the server's commands look like. Nothing here knows VS Code, so that a test needs none.

/** A result as it is shown: a page of its own, or a document that nobody has saved. */
export type Shown =
  | { kind: "page"; title: string; html: string }
  | { kind: "document"; language: string; text: string };

/** show makes something to look at of what a command of the server has returned; undefined for what is only data. */
export function show(command: string, result: unknown): Shown | undefined {
  const r = result as Record<string, unknown> | null;
  switch (r === null || r === undefined ? "" : command) {
    case "nanolint.graph":
      return { kind: "page", title: "Workflow graph", html: page(String(r!.svg)) };
    case "nanolint.paths":
      return { kind: "document", language: "plaintext", text: String(r!.text) };
    case "nanolint.explain":
      return { kind: "document", language: "markdown", text: String(r!.markdown) };
    case "nanolint.dryRun":
    case "nanolint.tests":
      return { kind: "document", language: "json", text: JSON.stringify(r, null, 2) + "\n" };
  }
  return undefined;
}

/** page is a graph as a page that may run nothing and load nothing. */
function page(svg: string): string {
  return `<!DOCTYPE html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body { background: #fff; } svg { max-width: 100%; height: auto; }</style>
</head><body>${svg}</body></html>
`;
}
