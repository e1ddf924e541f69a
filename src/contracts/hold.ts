/** Servers of a connection that can be held for maintenance: nothing of ours asks them meanwhile. */
export const HELD_SERVERS = ['cvat', 'monai'] as const;
export type HeldServer = (typeof HELD_SERVERS)[number];

/** What people call them. */
export const HELD_NAMES: Readonly<Record<HeldServer, string>> = { cvat: 'CVAT', monai: 'MONAI Label' };

/** Document `holds/{connection}/{server}`; it counts until its time has come or it is removed. Times are ISO. */
export interface Hold {
  readonly schema: 'maskloop.hold/1';
  readonly connection: string;
  readonly server: HeldServer;
  readonly until: string;
  readonly note: string;
  readonly by: string;
  readonly at: string;
}
