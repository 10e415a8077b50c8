/** The page for learners, and the answers to other requests by plain HTTP. */
export const handOut = {
	language: 'en',
	onlyGet: 'Only GET and HEAD are answered here.',
	nothing: 'There is nothing at this address.',
	broken: 'This file of the pack can’t be read on the teacher’s computer.',
	queued: (place: number) =>
		place === 1 ? 'You are next: ask again.' : `Your place in the queue is ${place}: ask again.`,

	page: {
		intro: 'You do the workshop in a terminal on your own computer. Nothing here needs the internet.',
		/** In front of what is code. */
		phone: 'Open this page on the computer on which you will do the workshop:',

		needs: 'You need',
		node: (version: string) => `Node.js ${version} or newer`,
		checkNode: 'To check, type in a terminal:',
		docker: 'Docker, running',
		noDocker: 'Without Docker, do the same: the program plays the workshop as a recording.',

		start: 'Start',
		/** `code`: what stands for the join code in the line below. */
		step: {
			open: 'Open a terminal.',
			paste: 'Paste this line:',
			code: 'When the program asks for the code, type the one on the projector.',
		},
		systems: {
			macos: {name: 'macOS', open: 'Open Terminal: press ⌘ and space, and type “Terminal”.'},
			linux: {name: 'Linux', open: 'Open a terminal.'},
			windows: {name: 'Windows', open: 'Open PowerShell: press the Windows key, and type “PowerShell”.'},
		},
		otherSystem: (system: string) => `On ${system}`,
		noCurl: 'If curl is not found',
		download: 'Download the program with the browser',
		thenRun: 'Then open a terminal in the folder of your downloads, and paste this line:',

		check: 'Is it the right program?',
		compare: 'Its SHA-256 is on the projector, too. This one has:',
		compute: 'To compute the one of the file that you downloaded, type:',

		trouble: 'If something goes wrong',
		cut: 'A download that is cut off goes on where it stopped: run the same line again.',
		away: 'If the network fails later, go on: nothing waits for it. What your teacher should see is sent when it is back.',
		handIn:
			'Without any network, this line writes a small file for your teacher, for example on a USB stick:',
	},
};
