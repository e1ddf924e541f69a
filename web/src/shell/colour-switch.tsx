import { SegmentedControl, useMantineColorScheme, VisuallyHidden, type MantineColorScheme } from '@mantine/core';
import { Icon, type IconName } from '../icons/icon.tsx';

const CHOICES: readonly (readonly [MantineColorScheme, IconName, string])[] = [
  ['light', 'sun', 'Light'],
  ['auto', 'screen', 'As the system'],
  ['dark', 'moon', 'Dark'],
];

const isScheme = (value: string): value is MantineColorScheme => CHOICES.some(([scheme]) => scheme === value);

/** Light, dark, or whatever the system says; the browser remembers it. */
export function ColourSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Colours"
      size="xs"
      value={colorScheme}
      onChange={(value) => {
        if (isScheme(value)) setColorScheme(value);
      }}
      data={CHOICES.map(([value, icon, label]) => ({
        value,
        label: (
          <span title={label} className="colour-choice">
            <Icon name={icon} />
            <VisuallyHidden>{label}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}
