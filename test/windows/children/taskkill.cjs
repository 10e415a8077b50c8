// Ends a process and all that it started, as `taskkill /PID n /T /F` does: Wine's own doesn't know /T.
const {execFileSync} = require('node:child_process');
const process = require('node:process');

const words = process.argv.slice(2).map(word => word.toLowerCase());
if (!words.includes('/t') || !words.includes('/f')) throw new Error('only whole trees, by force');
const listed = execFileSync(
	'C:\\windows\\system32\\wbem\\wmic.exe',
	['process', 'get', 'ParentProcessId,ProcessId'],
	{encoding: 'utf16le'},
);
const processes = listed
	.split('\n')
	.map(line => line.trim().split(/\s+/).map(Number))
	.filter(([parent, pid]) => parent && pid);
const endTree = pid => {
	for (const [parent, child] of processes) if (parent === pid) endTree(child);
	process.kill(pid, 'SIGKILL');
};
endTree(Number(words[words.indexOf('/pid') + 1]));
