/** Devices, with or without an extension, in any case. */
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00B9\u00B2\u00B3])(?:\..*)?$/i;

/** Why Windows can't have a file of this name, to be said of it; null when it can. */
export const whyNotOnWindows = (name: string): string | null => {
	if (devices.test(name)) return 'is the name of a device on Windows';
	const [forbidden] = /[<>:"|?*\\]/.exec(name) ?? [];
	if (forbidden) return `has \`${forbidden}\` in its name, which Windows does not allow`;
	return /[. ]$/.test(name) ? 'ends with a dot or a space, which Windows leaves out' : null;
};
