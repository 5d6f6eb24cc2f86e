import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate for 127.0.0.1 that nobody vouches for, made anew, so that no key is kept anywhere. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from("127.0.0.1")))));
  const day = (ahead: number): Buffer => {
    const at = new Date(Date.now() + ahead * 86_400_000).toISOString().replaceAll(/\D/g, "").slice(2, 14);
    return der(0x17, Buffer.from(`${at}Z`));
  };
  const body = sequence(
    der(0x02, Buffer.from([1])),
    ECDSA_SHA256,
    name,
    sequence(day(-1), day(1)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]));
  const certificate = sequence(body, ECDSA_SHA256, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  };
}

/** One value of a certificate: its kind, its length, itself. */
function der(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const lengthBytes = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), value]);
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const set = (part: Buffer): Buffer => der(0x31, part);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));

const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
