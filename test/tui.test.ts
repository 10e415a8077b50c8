import './tui/force-colours.js';
import {declareTogether} from './tools/declare-test.js';

await declareTogether('tui');
