import { json } from '../answers/answer.ts';
import type { Register } from './resource.ts';

/** The release that the stand-in plays. */
export const CVAT_VERSION = '2.73.0';

const COCO_FORMAT = { name: 'COCO 1.0', ext: 'ZIP, JSON', version: '1.0', enabled: true, dimension: '2d' };

const HEALTH = [
  'Cache backend: default',
  'Cache backend: media',
  'DatabaseBackend',
  'DatabaseBackend[default]',
  'DiskUsage',
  'MemoryUsage',
  'OPAHealthCheck',
];

export function serverRoutes(register: Register): void {
  register.open('/api/server/about', {
    GET: ({ origin }) =>
      json(200, {
        name: 'Computer Vision Annotation Tool',
        description: 'A stand-in that answers as CVAT does, for trying maskloop out. It keeps everything in memory.',
        version: CVAT_VERSION,
        logo_url: `${origin}/static/logo.svg`,
        subtitle: 'Open Data Annotation Platform',
      }),
  });
  register.open('/api/server/health/', {
    GET: () => ({
      ...json(200, Object.fromEntries(HEALTH.map((part) => [part, 'working']))),
      contentType: 'application/json',
    }),
  });
  register.users('/api/server/annotation/formats', {
    GET: () => json(200, { importers: [COCO_FORMAT], exporters: [] }),
  });
}
