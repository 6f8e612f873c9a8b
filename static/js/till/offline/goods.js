// The goods that this register knows: as they are kept, found by what was scanned, and as a line of a cart.
import { got, transact } from "./database.js";
import { halfUp, plain, scaled } from "./money.js";
import { gtin14, isGtin, readings, Unreadable } from "./scan.js";

// A product as the server tells it, with the codes by which it is looked up.
export function kept(product, generation) {
  const codes = [`s:${product.sku}`];
  for (const { code } of product.packs) {
    codes.push(`b:${code}`);
    if (isGtin(code)) codes.push(`b:${gtin14(code)}`);
  }
  return { ...product, codes: [...new Set(codes)], generation };
}

export const byId = (id) => transact(["goods"], "readonly", ({ goods }) => got(goods.get(id)));

// The line that a scan stands for, null where nothing goes by it. Raises Unreadable.
export function byCode(text, terms) {
  const asked = readings(text, terms.labels);
  return transact(["goods"], "readonly", async ({ goods }) => {
    const codes = goods.index("codes");
    for (const reading of asked) {
      for (const code of reading.codes) {
        const product = (await got(codes.get(`b:${code}`))) ?? (await got(codes.get(`s:${code}`)));
        if (product) return { ...asLine(product, code, reading, terms), scanned: text };
      }
    }
    return null;
  });
}

// `quantity` is in thousandths; null where something weighed still has to be weighed. A pack counts as one.
export function asLine(product, code = "", reading = {}, terms = {}) {
  const pack = packOf(product, code);
  const line = {
    product: product.id,
    scanned: "",
    name: product.name,
    names: product.names,
    unit: product.unit,
    weighed: product.weighed,
    hsn: product.hsn,
    tax: product.tax,
    mrp: pack?.mrp ?? product.mrp,
    price: pack?.pack ? pack.price : product.price,
    pack: pack?.pack ?? "1",
    code: pack?.code ?? "",
    byPiece: false,
  };
  const measured = measure(reading, product);
  if (reading.price !== undefined) return atPrice(line, reading, measured, terms);
  const count = reading.count === undefined ? null : scaled(reading.count, 3);
  return { ...line, quantity: measured ?? count ?? (product.weighed ? null : 1000n) };
}

const packOf = (product, code) => product.packs.find((each) => each.code === code || (isGtin(each.code) && gtin14(each.code) === code));

// How much the code says it is, in the product's own unit.
function measure({ measure: said, isLabel }, product) {
  if (!said) return null;
  if (!product.weighed) {
    if (isLabel) throw new Unreadable("byPiece");
    return said.unit ? null : scaled(said.amount, 3);
  }
  const amount = scaled(said.amount, 3);
  if (said.unit === "" || product.unit === "kg") return amount;
  return product.unit === "g" ? amount * 1000n : null;
}

// A label that bears its price is one piece; of what is weighed it holds as much as that price buys.
function atPrice(line, reading, measured, { places }) {
  const price = scaled(reading.price, places);
  if (price === null) throw new Unreadable("damaged");
  const labelled = { ...line, price: plain(price, places), quantity: 1000n };
  if (!line.weighed) {
    const pieces = measured ?? (reading.count === undefined ? 1000n : scaled(reading.count, 3));
    return { ...labelled, pack: plain((scaled(line.pack, 3) * pieces) / 1000n, 3) };
  }
  const usual = scaled(line.price, places);
  if (measured === null && !usual) throw new Unreadable("unreadable");
  const bought = measured ?? halfUp(price * 1000n, usual);
  return { ...labelled, pack: plain(bought || 1n, 3), byPiece: true, unit: "pc", weighed: false, mrp: null };
}
