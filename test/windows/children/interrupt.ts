import {raiseInterrupt} from '../../../source/app/process.js';

// Nothing of it listens, as nothing of `cleanup` and `reset` does.
raiseInterrupt();
