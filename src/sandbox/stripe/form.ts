/** A form as Stripe reads it: `a[b][0]=c` is a tree of texts. */
export type Tree = { [name: string]: string | Tree };

/** The names that would reach into every object there is. */
const NEVER = new Set(["__proto__", "constructor", "prototype"]);

/** Null: the text is no form. A list is a tree whose names are 0, 1, 2 and so on, or `expand[]` one after another. */
export function readForm(text: string): Tree | null {
  const tree: Tree = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split("[").map((part, at) => (at === 0 ? part : part.replace(/\]$/, "")));
    if (path.some((part) => NEVER.has(part)) || !hang(tree, path, value)) return null;
  }
  return tree;
}

/** False: the same name is a text in one place and a tree in another. */
function hang(tree: Tree, [name = "", ...rest]: readonly string[], value: string): boolean {
  const key = name === "" ? String(Object.keys(tree).length) : name;
  if (rest.length === 0) {
    tree[key] = value;
    return true;
  }
  const below = tree[key] ?? {};
  if (typeof below === "string") return false;
  tree[key] = below;
  return hang(below, rest, value);
}

/** The texts of a list, such as `expand[]`. */
export const listIn = (value: string | Tree | undefined): string[] =>
  typeof value === "object" ? Object.values(value).filter((one) => typeof one === "string") : [];

export const textIn = (value: string | Tree | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;
