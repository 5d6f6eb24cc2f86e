import type { ManagerDoors } from "./doors.ts";

/** From a list of chats (`-100123`) and of topics in them (`-100123/45`) to whether managers may ask in a place. */
export const placesOf =
  (listed: readonly string[]): ManagerDoors["mayAskIn"] =>
  ({ channel, topic }) =>
    listed.includes(channel) || (topic !== null && listed.includes(`${channel}/${topic}`));
