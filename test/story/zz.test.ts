import { test } from "vitest";
import { aTown, reachesTheCustomer } from "./town.ts";
test("x", async () => {
  await using town = await aTown({ log: (l) => process.stdout.write(l) });
  const { ani, aram } = town;
  await reachesTheCustomer(town, "INV-1042");
  await ani.types("INV-1044");
  await town.card("INV-1044");
  aram.blocksTheBot();
  await ani.presses("paylink.send", "INV-1044");
  await new Promise((r) => setTimeout(r, 3000));
  console.log(
    await town.rows(
      "select topic,lane,bucket,state,attempts,last_error,run_at from outbox_job where topic='customer' order by id desc limit 2",
    ),
  );
  console.log(
    "WIRE",
    JSON.stringify(
      town.telegram
        .wire()
        .filter((w) => w.method !== "getUpdates")
        .map((w) => [
          w.method,
          w.status,
          JSON.stringify(w.request).slice(0, 80),
          JSON.stringify(w.response).slice(0, 90),
        ]),
      null,
      1,
    ),
  );
  console.log(
    await town.rows("select * from link_chats"),
    await town.rows("select * from chat_settings"),
    await town.rows("select state,topic,payload,last_error from outbox_job where topic not in ('card')"),
  );
  console.log(await town.facts("INV-1044"));
});
