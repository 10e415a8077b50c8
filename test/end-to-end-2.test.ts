import {declareTogether} from './tools/declare-test.js';

await declareTogether('end-to-end', 2);
