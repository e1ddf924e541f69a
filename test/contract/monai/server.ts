import { expect, it } from '@jest/globals';
import { failureOf } from '../kit/failure-of.ts';
import { exchange } from '../kit/raw-socket.ts';
import { at } from '../../kit/talk.ts';
import type { MonaiCases } from '../kit/cases.ts';

export const serverCases: MonaiCases = (desk) => {
  it('names its models, their labels and what can be trained', async () => {
    const info = await desk().monai.info();
    expect(info.trainers).toContain(desk().model);
    expect(Object.values(desk().labels).every((index) => Number.isInteger(index) && index > 0)).toBe(true);
    expect(desk().monai.url).toBe(desk().server.url);
  });

  it('does not tell its release anywhere', async () => {
    const { json } = await desk().talk('GET', '/openapi.json');
    expect(at(json, 'info', 'title')).toBe('MONAILabel');
    expect(at(json, 'info', 'version')).toBe('0.1.0');
    expect(await desk().monai.openApi()).toEqual(json);
  });

  it('answers 500 in plain text to what it does not know, and then ends the connection without a word', async () => {
    const { text, endedByPeer } = await exchange(desk().server.url, 'POST /infer/nope?image=nope');
    expect(text).toMatch(/^HTTP\/1\.1 500 /);
    expect(text).toMatch(/content-type: text\/plain; charset=utf-8/i);
    expect(text).toMatch(/\r\n\r\nInternal Server Error$/);
    expect(text).not.toMatch(/^connection:/im);
    expect(endedByPeer).toBe(true);
  });

  it('keeps the connection after any other answer', async () => {
    const { text, endedByPeer } = await exchange(desk().server.url, 'GET /datastore/');
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(endedByPeer).toBe(false);
  });

  it('is asked one request a connection by the client, so that no request meets a closed one', async () => {
    for (let times = 0; times < 5; times += 1) {
      expect(await failureOf(desk().monai.infer('nope', 'nope'))).toMatchObject({ code: 'ModelNotFound' });
      expect(await desk().monai.hasImage('nope')).toBe(false);
    }
  });

  it('sends who leaves out the slash of a collection elsewhere', async () => {
    const { status, headers } = await desk().talk('GET', '/info');
    expect(status).toBe(307);
    expect(headers.get('location')).toBe(`${desk().server.url}/info/`);
  });

  it('tells an unknown address in the words of its framework', async () => {
    const { status, json } = await desk().talk('GET', '/no-such-path');
    expect([status, json]).toEqual([404, { detail: 'Not Found' }]);
  });
};
