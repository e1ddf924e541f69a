import { describe, expect, it } from '@jest/globals';
import { PythonFloat, pythonJson } from '../../../src/coco/python-json.ts';

describe('pythonJson', () => {
  it('puts every element and member on a line of its own and leaves empty ones closed', () => {
    const value = { a: [1, [], {}], b: { c: new PythonFloat(12), d: new PythonFloat(0.5) }, e: [true, null] };
    expect(pythonJson(value)).toBe(
      [
        '{',
        '    "a": [',
        '        1,',
        '        [],',
        '        {}',
        '    ],',
        '    "b": {',
        '        "c": 12.0,',
        '        "d": 0.5',
        '    },',
        '    "e": [',
        '        true,',
        '        null',
        '    ]',
        '}',
      ].join('\n'),
    );
  });

  it('escapes what Python escapes: controls, quotes, backslashes, DEL and all beyond ASCII', () => {
    expect(pythonJson('"\\/\b\f\n\r\t\u0000\u001f\u007f~é\u2028\u{1F600}')).toBe(
      String.raw`"\"\\/\b\f\n\r\t\u0000\u001f\u007f~\u00e9\u2028\ud83d\ude00"`,
    );
  });

  it('escapes names of members and leaves out undefined ones', () => {
    expect(pythonJson({ é: 1, none: undefined })).toBe('{\n    "\\u00e9": 1\n}');
  });
});
