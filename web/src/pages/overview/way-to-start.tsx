import { Link } from 'react-router';
import { useMay } from '../../session/principal.tsx';

/** How there comes to be an iteration: a link for those who may start one, else whom to ask. */
export function WayToStart() {
  if (!useMay('operator')) return 'Operators start iterations: ask one.';
  return (
    <>
      <Link to="/start">Start an iteration</Link>.
    </>
  );
}
