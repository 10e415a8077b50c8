import {declareTogether} from './tools/declare-test.js';

await declareTogether('explain');
