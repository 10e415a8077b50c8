import {findProgram, inheritedEnvironment, locateProgram} from '../../../source/system/processes.js';

/** Prints for each name what is found on this PATH, or the code that starting it throws. */
const found = process.argv.slice(2).map(name => {
	try {
		return [name, locateProgram(name, inheritedEnvironment()), findProgram(name, inheritedEnvironment())];
	} catch (error) {
		return [name, (error as NodeJS.ErrnoException).code, null];
	}
});
process.stdout.write(JSON.stringify(found));
