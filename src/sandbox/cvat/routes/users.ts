import { json } from '../answers/answer.ts';
import { pageOf } from '../answers/paging.ts';
import { notFound } from '../answers/refusal.ts';
import { basicUser, fullUser } from '../answers/views.ts';
import { passes } from './list-query.ts';
import type { Register } from './resource.ts';

export function userRoutes(register: Register): void {
  register.users('/api/users/self', { GET: (call) => json(200, fullUser(call, call.user)) });
  register.users('/api/users', {
    GET: (call) => {
      const found = [...call.state.users.values()].filter((user) =>
        passes(call.query, {
          terms: { id: user.id, username: user.username },
          searched: [user.username, user.firstName, user.lastName],
        }),
      );
      return pageOf(call, found, (user) => basicUser(call, user.id));
    },
  });
  register.users('/api/users/:id', {
    GET: (call) => {
      const user = basicUser(call, Number(call.params['id']));
      if (user === null) throw notFound('User');
      return json(200, user);
    },
  });
}
