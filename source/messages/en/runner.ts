/** Reasons why a command did not start. */
export const runner = {
	outputNotSaved: (why: string) => `The output can’t be saved: ${why}.`,
	folderGone: (folder: string) => `The folder ${folder} no longer exists.`,
	notInstalled: (program: string) => `The program \`${program}\` is not installed or not on the PATH.`,
	notExecutable: (program: string) => `You do not have permission to run the program \`${program}\`.`,
	notStarted: (program: string, why: string) => `The program \`${program}\` could not be started: ${why}.`,
	notRecorded: (command: string) => `Nothing is recorded for \`${command}\`.`,
	notRecordedWith: (command: string, builder: string) =>
		`Nothing is recorded for \`${command}\` with ${builder}.`,
};
