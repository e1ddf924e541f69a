import swcJest from '@swc/jest';
import { BINDING, bindBuiltins } from './bind-builtins.js';

/** Compiles TypeScript by swc, and binds the builtins that a module uses. */
export default {
  createTransformer(options) {
    const swc = swcJest.createTransformer(options);
    const bind = ({ code, ...rest }) => ({ code: bindBuiltins(code), ...rest });
    return {
      ...swc,
      process: (...args) => bind(swc.process(...args)),
      processAsync: async (...args) => bind(await swc.processAsync(...args)),
      getCacheKey: (...args) => `${swc.getCacheKey(...args)} ${BINDING}`,
    };
  },
};
