import { test } from "vitest";
import { paysOn } from "./customers.ts";
import { aTown, reachesTheCustomer } from "./town.ts";
test("x", async () => {
  await using town = await aTown({ log: (l) => process.stdout.write(l) });
  const page = await reachesTheCustomer(town, "INV-1042");
  await paysOn(page, "decline");
  await new Promise((r) => setTimeout(r, 3000));
  console.log(JSON.stringify(town.vpos.wire(), null, 1));
  console.log(await town.rows("select topic,lane,bucket,state,attempts,last_error,run_at from outbox_job where topic='webhook'"));
  console.log(await town.rows("select source,key,verdict from inbox"));
});
