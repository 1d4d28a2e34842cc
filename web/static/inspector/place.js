// Where the phone is, if its owner agrees: "latitude,longitude" to about ten metres; empty if not known or refused.

export function whereAmI(patience = 10_000) {
  if (!navigator.geolocation) return Promise.resolve("");
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done(`${coords.latitude.toFixed(4)},${coords.longitude.toFixed(4)}`),
      () => done(""),
      { timeout: patience, maximumAge: 60_000 },
    );
  });
}
