import {bundleChild, runOnWindows, windowsTest} from './windows.js';

windowsTest('ctrl-C at a question ends what does not listen as it does elsewhere, with 130', async t => {
	const [interrupted] = await runOnWindows([{program: await bundleChild('interrupt'), args: []}]);
	t.is(interrupted?.exitCode, 130, interrupted?.stderr);
});
