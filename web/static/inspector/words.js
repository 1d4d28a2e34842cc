// What the app says is written in Vietnamese; the page brings along how its reader's language says it.

const said = JSON.parse(globalThis.document?.getElementById("tu-ngu")?.textContent || "{}");

export function _(words, blanks = {}) {
  return (said[words] ?? words).replace(/\{(\w+)\}/g, (blank, name) => blanks[name] ?? blank);
}
