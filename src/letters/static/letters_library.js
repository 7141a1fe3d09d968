/*
 * What letters are sealed with, whole from npm (versions in package.json and package-lock.json):
 *
 * age-encryption, BSD-3-Clause. Copyright 2023 The age Authors.
 * Redistribution and use in source and binary forms, with or without modification, are permitted
 * provided that this notice, the list of conditions and the disclaimer of its LICENSE are kept.
 *
 * @noble/ciphers, @noble/curves, @noble/hashes, MIT. Copyright (c) 2022 to 2025 Paul Miller.
 * @scure/base, MIT. Copyright (c) 2022 Paul Miller.
 * Permission is granted to deal in them without restriction, provided that the copyright notices
 * and the permission notice of their LICENSE are kept; they come without warranty of any kind.
 */
export { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
export { ed25519 } from "@noble/curves/ed25519.js";
export { scrypt } from "@noble/hashes/scrypt.js";
export { sha256 } from "@noble/hashes/sha2.js";
