import { Link } from 'react-router';
import { iterationAddress } from '../shell/addresses.ts';
import { iterationWords } from '../words/iteration-words.ts';

/** An iteration by its name, leading to its page. */
export function IterationLink({ id }: { readonly id: string }) {
  return <Link to={iterationAddress(id)}>{iterationWords(id)}</Link>;
}
