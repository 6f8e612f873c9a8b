// Products by a part of their name: every word that was typed begins a word of it, in any language, or its SKU.
import { got, transact } from "./database.js";

const MOST = 8;
let known = null;

const words = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();

async function all() {
  known ??= transact(["goods"], "readonly", async ({ goods }) => {
    const rows = await got(goods.getAll());
    return rows.map((product) => ({
      product,
      text: ` ${words([product.name, ...Object.values(product.names ?? {}), product.sku].join(" "))}`,
    }));
  });
  return known;
}

export async function named(text) {
  const asked = words(text).split(" ").filter(Boolean);
  if (!asked.length) return [];
  const found = [];
  for (const { product, text: name } of await all()) {
    if (!asked.every((word) => name.includes(` ${word}`))) continue;
    found.push({ product, name });
    if (found.length > 200) break;
  }
  const begins = ({ name }) => (name.startsWith(` ${asked[0]}`) ? 0 : 1);
  found.sort((a, b) => begins(a) - begins(b) || a.name.length - b.name.length);
  return found.slice(0, MOST).map(({ product }) => product);
}

export const localName = ({ name, names }) => names?.[document.documentElement.lang] || name;
