import { describe, expect, it } from '@jest/globals';
import { exportLines, pagesLine, servedFacts } from '../../../src/cli/format/up.ts';

describe('what up says of its server', () => {
  it('is the address to export, unless clients look there by themselves', () => {
    expect(exportLines({ port: 7300, uiPort: null })).toEqual(['export TEMPORAL_ADDRESS=127.0.0.1:7300']);
    expect(exportLines({ port: 7233, uiPort: 8233 })).toEqual([]);
  });

  it('is the address of the page, if one is served', () => {
    expect(servedFacts({ port: 7300, uiPort: 8300 })).toEqual({ ui: 'http://127.0.0.1:8300' });
    expect(servedFacts({ port: 7300, uiPort: null })).toEqual({});
  });

  it('is where a browser finds the pages, and who may', () => {
    const server = 'http://127.0.0.1:7280';
    expect(pagesLine({ server, access: 'everybody on this machine' })).toBe(
      'Open http://127.0.0.1:7280 in a browser; nobody on this machine needs a login.',
    );
    expect(pagesLine({ server, access: 'MASKLOOP_TOKEN' })).toBe(
      'Open http://127.0.0.1:7280 in a browser; log in with MASKLOOP_TOKEN.',
    );
  });
});
