//! The mark of a device that has been signed in before. Its owner is heard from it even while strangers guess at the
//! account, and it opens nothing by itself (OWASP, "device cookies").

use crate::Backend;
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::ids::UserId;
use uuid::Uuid;

/// A device and the account it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) user: UserId,
    pub(crate) id: Uuid,
}

const DEVICE_BYTES: usize = 32;
const MAC_BYTES: usize = 32;

impl Device {
    /// A device that nobody has seen before.
    pub(crate) fn new(backend: &Backend, user: UserId) -> Self {
        Self { user, id: backend.new_uuid() }
    }

    /// The mark to keep in a cookie.
    pub(crate) fn issue(self, backend: &Backend) -> String {
        let mut mark = self.bytes().to_vec();
        let mac = hmac::sign(&backend.keys.current.device, &mark);
        mark.extend_from_slice(mac.as_ref());
        URL_SAFE_NO_PAD.encode(mark)
    }

    /// Reads a mark; what we did not make says nothing.
    pub(crate) fn read(backend: &Backend, mark: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(mark).ok().filter(|bytes| bytes.len() == DEVICE_BYTES + MAC_BYTES)?;
        let (device, mac) = bytes.split_at(DEVICE_BYTES);
        let is_ours = backend.keys.all().any(|keys| hmac::verify(&keys.device, device, mac).is_ok());
        let (user, id) = device.split_at(DEVICE_BYTES / 2);
        let device = Self { user: UserId::from_uuid(Uuid::from_slice(user).ok()?), id: Uuid::from_slice(id).ok()? };
        is_ours.then_some(device)
    }

    fn bytes(self) -> [u8; DEVICE_BYTES] {
        let mut bytes = [0; DEVICE_BYTES];
        bytes[..16].copy_from_slice(self.user.uuid().as_bytes());
        bytes[16..].copy_from_slice(self.id.as_bytes());
        bytes
    }
}
