import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const TYPES = { "style.css": "text/css; charset=utf-8", "live.js": "text/javascript; charset=utf-8" } as const;

export type AssetName = keyof typeof TYPES;
export type Asset = { readonly type: string; readonly body: string; readonly version: string };

function readAsset(name: AssetName): Asset {
  const body = readFileSync(new URL(name, import.meta.url), "utf8");
  return { type: TYPES[name], body, version: createHash("sha256").update(body).digest("hex").slice(0, 12) };
}

/** The two files a page needs besides itself. */
export const ASSETS: Readonly<Record<AssetName, Asset>> = {
  "style.css": readAsset("style.css"),
  "live.js": readAsset("live.js"),
};

/** The address names the content, so that a browser may keep it for ever and still sees every change. */
export const assetUrl = (name: AssetName): string => `/p/-/${name}?v=${ASSETS[name].version}`;

/**
 * Kept for a year only under the address of this very content: while a new version is rolled out, an old copy of the
 * service can be asked for the new address, and its answer must not stay.
 */
export const assetCaching = (asked: unknown, { version }: Asset): string =>
  asked === version ? "public, max-age=31536000, immutable" : "public, max-age=60";
