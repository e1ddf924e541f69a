import { Button, Switch } from '@mantine/core';
import type { Drawing } from '../overlay/drawing.ts';
import { switched, SWITCHES, type FrameSearch, type SwitchName } from './frame-search.ts';
import { isThere } from './paintings.ts';
import type { ChangeSearch } from './use-frame-search.ts';
import { SWITCH_WORDS } from './switch-words.ts';

/** Why a switch does nothing. */
const ABSENT: Readonly<Record<SwitchName, string>> = {
  preannotation: 'People began without a pre-annotation',
  label: 'There is no final label (yet)',
  difference: 'There is a difference once the final labels are sealed',
  prediction: 'The new model has predicted nothing here',
};

interface LayerSwitchesProps {
  readonly drawing: Drawing;
  readonly search: FrameSearch;
  readonly onChange: ChangeSearch;
  /** From 0 to 1. */
  readonly opacity: number;
  readonly onOpacity: (opacity: number) => void;
}

/** What is laid over the picture, how strongly, and whether side by side. The number on a button is its key. */
export function LayerSwitches({ drawing, search, onChange, opacity, onOpacity }: LayerSwitchesProps) {
  return (
    <div className="layer-switches">
      <div className="switches">
        {SWITCHES.map((name, at) =>
          name === 'prediction' && !drawing.has.prediction ? null : (
            <Button
              key={name}
              variant={search.on.includes(name) && isThere(drawing, name) ? 'filled' : 'default'}
              aria-pressed={search.on.includes(name) && isThere(drawing, name)}
              disabled={!isThere(drawing, name)}
              title={isThere(drawing, name) ? `Key ${at + 1}` : ABSENT[name]}
              onClick={() => onChange((before) => switched(before, name))}
            >
              {at + 1} {SWITCH_WORDS[name]}
            </Button>
          ),
        )}
      </div>
      <label className="opacity">
        Opacity
        <input
          type="range"
          min={0}
          max={100}
          value={Math.round(100 * opacity)}
          onChange={({ currentTarget: { value } }) => onOpacity(Number(value) / 100)}
        />
      </label>
      <Switch
        size="xs"
        label="Side by side"
        checked={search.isSideBySide}
        onChange={({ currentTarget: { checked } }) => onChange({ isSideBySide: checked })}
      />
    </div>
  );
}
