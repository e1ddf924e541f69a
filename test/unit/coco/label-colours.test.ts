import { describe, expect, it } from '@jest/globals';
import { labelColours } from '../../../src/coco/label-colours.ts';
import { failureOf } from './failure-of.ts';

const categories = [
  { id: 1, name: 'needle' },
  { id: 7, name: 'hook: small' },
];

function colours(text: string, unknown: 'error' | 'skip' = 'error') {
  return labelColours(text, 'some/map', { categories, unknown });
}

describe('labelColours', () => {
  it("reads CVAT's labelmap.txt, names with colons and parts included", () => {
    const text =
      '# label:color_rgb:parts:actions\nbackground:0,0,0::\nhook: small:1,2,255:tip,base:\r\n\nneedle:250,50,83::\n';
    expect(colours(text)).toEqual([
      ['#000000', 0],
      ['#0102ff', 7],
      ['#fa3253', 1],
    ]);
  });

  it('reads labels as CVAT shows them raw, which have further members', () => {
    const text = JSON.stringify([{ name: 'needle', id: 12, color: '#FA3253', type: 'any', attributes: [] }]);
    expect(colours(text)).toEqual([
      ['#fa3253', 1],
      ['#000000', 0],
    ]);
  });

  it('reads ids and names by colour, several colours for a category', () => {
    expect(colours('\uFEFF {"#ffffff": 0, "#00FF00": 7, "#ff0000": "needle", "#0000ff": 1}')).toEqual([
      ['#ffffff', 0],
      ['#00ff00', 7],
      ['#ff0000', 1],
      ['#0000ff', 1],
      ['#000000', 0],
    ]);
  });

  it('takes black as background only where the map does not name it', () => {
    expect(colours('{"#000000": 1}')).toEqual([['#000000', 1]]);
    expect(colours('needle:0,0,0::\nbackground:9,9,9::')).toEqual([
      ['#000000', 1],
      ['#090909', 0],
    ]);
  });

  it('takes a category that is called background as one', () => {
    const own = [{ id: 3, name: 'background' }];
    expect(labelColours('background:1,1,1::', 'map', { categories: own, unknown: 'error' })).toContainEqual([
      '#010101',
      3,
    ]);
  });

  it('leaves labels that are no category out where unknown colours are skipped, black too', () => {
    expect(colours('vessel:1,1,1::\nneedle:2,2,2::', 'skip')).toEqual([
      ['#020202', 1],
      ['#000000', 0],
    ]);
    expect(colours('vessel:0,0,0::\nneedle:2,2,2::', 'skip')).toEqual([['#020202', 1]]);
  });

  it.each([
    ['a label that is no category', 'background:0,0,0::\nvessel:1,1,1::', /line 2: "vessel" is no category/],
    ['an id that no category has', '{"#010101": 2}', /entry 1: 2 is no category/],
    ['a colour twice', 'needle:1,1,1::\nhook: small:1,1,1::', /line 2: the colour #010101 is also that of line 1/],
    ['a colour twice in different case', '{"#00000a": 1, "#00000A": 1}', /entry 2: the colour #00000a .* entry 1/],
    ['a line without a colour', '# label:color_rgb:parts:actions\nneedle:::', /line 2 is "needle:::" instead of/],
    ['a sample beyond 255', 'needle:256,0,0::', /line 1 is "needle:256,0,0::"/],
    ['a colour of three digits', '{"#f00": 1}', /"#f00": a colour must be a text such as/],
    [
      'a colour that is no text',
      '[{"name":"needle","color":"#000001"},{"name":"needle","color":5}]',
      /entry 2: a colour/,
    ],
    ['a label without a name', '[{"color":"#ff0000"}]', /entry 1: name must be a text/],
    ['an id beyond 16 bits', '{"#ff0000": 65536}', /"#ff0000": /],
    ['half a document', '{"#ff0000": ', /is not JSON/],
    ['an empty file', '# label:color_rgb:parts:actions\n', /names no colour/],
    ['an empty list', '[]', /names no colour/],
    ['an image', '\x89PNG\r\n', /line 1 is/],
  ])('refuses %s and says where', async (_, text, message) => {
    const failure = await failureOf(() => colours(text));
    expect(failure).toMatchObject({ code: 'InvalidLabelMap', facts: { file: 'some/map' } });
    expect(failure.message).toMatch(message);
    expect(failure.message).toContain('some/map');
  });
});
