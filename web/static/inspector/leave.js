// On the sign-in page: whoever comes next must not see what the last person recorded on this phone.
import { finishSigningOut, forget } from "./person.js";

forget();
finishSigningOut();
