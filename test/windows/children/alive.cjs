// Prints which of the processes in its arguments are there.
const process = require('node:process');

const alive = process.argv.slice(2).filter(pid => {
	try {
		return process.kill(Number(pid), 0);
	} catch {
		return false;
	}
});
process.stdout.write(alive.join(' '));
