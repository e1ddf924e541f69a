/** What a state means to who looks at it. Each has a colour in both schemes (tones.css) and an icon, and never stands without its word. */
export type Tone = 'attention' | 'away' | 'people' | 'running' | 'good' | 'bad' | 'quiet';
