// Opens a class that is kept in the folder of the first argument, on the port of the second; `resume` as the third
// resumes it. Tells its parent where it is.
import process from 'node:process';
import {openHub} from '../../../source/hub/hub.js';
import {hubOptions} from '../../hub/test-hub.js';

const [keep = '', port, how] = process.argv.slice(2);
const hub = await openHub({...hubOptions, keep, port: Number(port), resume: how === 'resume'});
process.send?.({host: hub.host, port: hub.port, code: hub.code});
