/** Seconds as the screen shows them: `0.3 s`, `42 s`, `2 min 05 s`. */
export const formatSeconds = (seconds: number): string => {
	if (seconds < 20) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
};
