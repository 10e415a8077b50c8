import {raiseInterrupt} from '../../../source/commands/end-signals.js';

// Nothing of it listens, as nothing of `cleanup` and `reset` does.
raiseInterrupt();
