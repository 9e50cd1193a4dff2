// Times as they are written: minutes and seconds since the samtale began.

/** Milliseconds as a clock: "12.41", "1.02.05". */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}.${two(minutes)}.${two(seconds % 60)}` : `${minutes}.${two(seconds % 60)}`;
}

/** Milliseconds of a time as it is typed ("12.41", "1.02.05"; a number alone is minutes); NaN when it cannot be read. */
export function read(typed) {
  const parts = typed.trim().split(/[.:,]/).map((part) => (part.trim() === "" ? NaN : Number(part)));
  return (parts.length === 1 ? parts[0] * 60 : parts.reduce((sum, part) => sum * 60 + part, 0)) * 1000;
}
