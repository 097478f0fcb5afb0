<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_MX" sourcelanguage="en_US">
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>English</source>
        <comment>the name of this very language, in its own words</comment>
        <translation>Español</translation>
    </message>
</context>
<context>
    <name>LoginView</name>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Remember me</source>
        <translation>Recordarme</translation>
    </message>
    <message>
        <source>Forgot password?</source>
        <translation>¿Olvidó su contraseña?</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Iniciando sesión…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Enter your email.</source>
        <translation>Escriba su correo.</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>Escriba su contraseña.</translation>
    </message>
    <message>
        <source>That is too long for a password.</source>
        <translation>Es demasiado largo para una contraseña.</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Bloq Mayús está activado</translation>
    </message>
    <message>
        <source>You can try again.</source>
        <translation>Ya puede intentarlo de nuevo.</translation>
    </message>
</context>
<context>
    <name>MarkedList</name>
    <message>
        <source>not yet</source>
        <translation>pendiente</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>done</source>
        <translation>listo</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Ref. {reference}</source>
        <translation>Ref. {reference}</translation>
    </message>
    <message>
        <source>more characters</source>
        <translation>más caracteres</translation>
    </message>
    <message>
        <source>an uppercase letter</source>
        <translation>una letra mayúscula</translation>
    </message>
    <message>
        <source>a lowercase letter</source>
        <translation>una letra minúscula</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>un número</translation>
    </message>
    <message>
        <source>a symbol</source>
        <translation>un símbolo</translation>
    </message>
    <message>
        <source>no space at either end</source>
        <translation>sin espacios al inicio ni al final</translation>
    </message>
    <message>
        <source>Incorrect email or password.</source>
        <translation>Correo o contraseña incorrectos.</translation>
    </message>
    <message>
        <source>Too many attempts. Wait {seconds} s and try again.</source>
        <translation>Demasiados intentos. Espere {seconds} s e intente de nuevo.</translation>
    </message>
    <message>
        <source>Too many attempts. Wait a few minutes and try again.</source>
        <translation>Demasiados intentos. Espere unos minutos e intente de nuevo.</translation>
    </message>
    <message>
        <source>Please verify your email address.</source>
        <translation>Verifique su correo electrónico.</translation>
    </message>
    <message>
        <source>Your password must be reset.</source>
        <translation>Debe restablecer su contraseña.</translation>
    </message>
    <message>
        <source>Your account is not active. Contact Support.</source>
        <translation>Su cuenta no está activa. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>Your temporary password has expired. Contact Support for a new one.</source>
        <translation>Su contraseña temporal venció. Pida otra a Soporte.</translation>
    </message>
    <message>
        <source>Your account has no email address. Contact Support.</source>
        <translation>Su cuenta no tiene correo. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>Your email address is not verified. Contact Support.</source>
        <translation>Su correo no está verificado. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>You could not be signed in. Try again, or contact Support ({reference}).</source>
        <translation>No se pudo iniciar sesión. Intente de nuevo o contacte a Soporte ({reference}).</translation>
    </message>
    <message>
        <source>User not found in the system.</source>
        <translation>Usuario no encontrado en el sistema.</translation>
    </message>
    <message>
        <source>Your account belongs to another company.</source>
        <translation>Su cuenta pertenece a otra empresa.</translation>
    </message>
    <message>
        <source>Your email is registered more than once. Contact Support.</source>
        <translation>Su correo está registrado más de una vez. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>Your account has no access to this application.</source>
        <translation>Su cuenta no tiene acceso a esta aplicación.</translation>
    </message>
    <message>
        <source>Your account asks for a verification not offered here ({code}). Contact Support.</source>
        <translation>Su cuenta pide una verificación que aquí no se ofrece ({code}). Contacte a Soporte.</translation>
    </message>
    <message>
        <source>The time to answer ran out. Sign in again.</source>
        <translation>Se agotó el tiempo para responder. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>Invalid verification code.</source>
        <translation>Código de verificación incorrecto.</translation>
    </message>
    <message>
        <source>The code has expired. Ask for a new one.</source>
        <translation>El código venció. Pida uno nuevo.</translation>
    </message>
    <message>
        <source>The code could not be sent. Try again, or contact Support.</source>
        <translation>No se pudo enviar el código. Intente de nuevo o contacte a Soporte.</translation>
    </message>
    <message>
        <source>Too many attempts. Try again in about an hour.</source>
        <translation>Demasiados intentos. Intente de nuevo en una hora, más o menos.</translation>
    </message>
    <message>
        <source>This password cannot be reset here. Contact Support.</source>
        <translation>Esta contraseña no se puede restablecer aquí. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>The password does not meet the requirements: {rules}.</source>
        <translation>La contraseña no cumple los requisitos: {rules}.</translation>
    </message>
    <message>
        <source>The password does not meet the requirements.</source>
        <translation>La contraseña no cumple los requisitos.</translation>
    </message>
    <message>
        <source>You have used this password before. Choose another one.</source>
        <translation>Ya usó esta contraseña antes. Elija otra.</translation>
    </message>
    <message>
        <source>No connection. Check the network and try again.</source>
        <translation>Sin conexión. Revise la red e intente de nuevo.</translation>
    </message>
    <message>
        <source>The service is not responding. Try again.</source>
        <translation>El servicio no responde. Intente de nuevo.</translation>
    </message>
    <message>
        <source>The connection is not secure ({code}).</source>
        <translation>La conexión no es segura ({code}).</translation>
    </message>
    <message>
        <source>This network inspects connections with a certificate this computer does not trust ({code}).</source>
        <translation>Esta red inspecciona las conexiones con un certificado en el que este equipo no confía ({code}).</translation>
    </message>
    <message>
        <source>This network asks you to sign in on its own page first.</source>
        <translation>Esta red pide registrarse primero en su propia página.</translation>
    </message>
    <message>
        <source>The network&apos;s proxy asks for a user name and password. Contact your IT team.</source>
        <translation>El proxy de la red pide usuario y contraseña. Contacte a Sistemas.</translation>
    </message>
    <message>
        <source>The request was blocked. Contact Support ({reference}).</source>
        <translation>La solicitud fue bloqueada. Contacte a Soporte ({reference}).</translation>
    </message>
    <message>
        <source>The service is busy. Wait {seconds} s and try again.</source>
        <translation>El servicio está ocupado. Espere {seconds} s e intente de nuevo.</translation>
    </message>
    <message>
        <source>The service is busy. Try again in a moment.</source>
        <translation>El servicio está ocupado. Intente de nuevo en un momento.</translation>
    </message>
    <message>
        <source>FileMaker has no free connection. Try again in a few minutes.</source>
        <translation>FileMaker no tiene conexiones libres. Intente de nuevo en unos minutos.</translation>
    </message>
    <message>
        <source>FileMaker is not available ({code}). Try again in a few minutes.</source>
        <translation>FileMaker no está disponible ({code}). Intente de nuevo en unos minutos.</translation>
    </message>
    <message>
        <source>The service gave an unexpected answer. Try again ({reference}).</source>
        <translation>El servicio dio una respuesta inesperada. Intente de nuevo ({reference}).</translation>
    </message>
    <message>
        <source>Configuration error {code}. Contact Support.</source>
        <translation>Error de configuración {code}. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong. Correct it and try again.</source>
        <translation>La hora de este equipo es incorrecta. Corríjala e intente de nuevo.</translation>
    </message>
    <message>
        <source>The setting {code} is not valid. Contact Support.</source>
        <translation>El ajuste {code} no es válido. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>The settings file {code} cannot be read. Contact Support.</source>
        <translation>No se puede leer el archivo de ajustes {code}. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>This computer will not remember your email.</source>
        <translation>Este equipo no recordará su correo.</translation>
    </message>
    <message>
        <source>Sign-in was cancelled.</source>
        <translation>Se canceló el inicio de sesión.</translation>
    </message>
    <message>
        <source>Your session has ended. Sign in again.</source>
        <translation>Su sesión terminó. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>The service does not offer what the application asked for. Contact Support.</source>
        <translation>El servicio no ofrece lo que la aplicación pidió. Contacte a Soporte.</translation>
    </message>
    <message>
        <source>An error of the application. Contact Support ({reference}).</source>
        <translation>Error de la aplicación. Contacte a Soporte ({reference}).</translation>
    </message>
</context>
<context>
    <name>NewPasswordFields</name>
    <message>
        <source>Enter your password.</source>
        <translation>Escriba su contraseña.</translation>
    </message>
    <message>
        <source>Passwords do not match.</source>
        <translation>Las contraseñas no coinciden.</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Nueva contraseña</translation>
    </message>
    <message>
        <source>Confirm password</source>
        <translation>Confirmar contraseña</translation>
    </message>
    <message>
        <source>That is too long for a password.</source>
        <translation>Es demasiado largo para una contraseña.</translation>
    </message>
    <message>
        <source>Caps Lock is on</source>
        <translation>Bloq Mayús está activado</translation>
    </message>
</context>
<context>
    <name>NewPasswordView</name>
    <message>
        <source>Choose a new password</source>
        <translation>Elija una contraseña nueva</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Continuing…</source>
        <translation>Continuando…</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Empezar de nuevo</translation>
    </message>
</context>
<context>
    <name>PasswordChangedView</name>
    <message>
        <source>Your password was changed</source>
        <translation>Su contraseña se cambió</translation>
    </message>
    <message>
        <source>You can now sign in with your new password.</source>
        <translation>Ya puede iniciar sesión con su contraseña nueva.</translation>
    </message>
    <message>
        <source>Back to sign in</source>
        <translation>Volver a iniciar sesión</translation>
    </message>
</context>
<context>
    <name>PasswordEdit</name>
    <message>
        <source>Paste</source>
        <translation>Pegar</translation>
    </message>
    <message>
        <source>Hide password</source>
        <translation>Ocultar contraseña</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Mostrar contraseña</translation>
    </message>
</context>
<context>
    <name>ProfileView</name>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>Tipo de usuario</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Empresa</translation>
    </message>
    <message>
        <source>Clinic</source>
        <translation>Clínica</translation>
    </message>
    <message>
        <source>Username</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Teléfono</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>Fecha de registro</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrador</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Activo</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Inactivo</translation>
    </message>
    <message>
        <source>Company {number}</source>
        <translation>Empresa {number}</translation>
    </message>
    <message>
        <source>MMMM d, yyyy</source>
        <comment>a date, in the letters of QLocale.toString</comment>
        <translation>d &apos;de&apos; MMMM &apos;de&apos; yyyy</translation>
    </message>
</context>
<context>
    <name>ResetCodeView</name>
    <message>
        <source>Enter the verification code</source>
        <translation>Escriba el código de verificación</translation>
    </message>
    <message>
        <source>Verification code</source>
        <translation>Código de verificación</translation>
    </message>
    <message>
        <source>Reset password</source>
        <translation>Restablecer contraseña</translation>
    </message>
    <message>
        <source>Resetting…</source>
        <translation>Restableciendo…</translation>
    </message>
    <message>
        <source>Use a different email</source>
        <translation>Usar otro correo</translation>
    </message>
    <message>
        <source>Back to sign in</source>
        <translation>Volver a iniciar sesión</translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>Escriba el código.</translation>
    </message>
    <message>
        <source>If an account exists for {email}, we sent a code to {destination}.</source>
        <translation>Si existe una cuenta para {email}, enviamos un código a {destination}.</translation>
    </message>
    <message>
        <source>its registered address</source>
        <translation>su dirección registrada</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Enviando…</translation>
    </message>
    <message>
        <source>Send a new code ({seconds} s)</source>
        <translation>Enviar otro código ({seconds} s)</translation>
    </message>
    <message>
        <source>Send a new code</source>
        <translation>Enviar otro código</translation>
    </message>
    <message>
        <source>You can ask for another code in {seconds} s.</source>
        <translation>Podrá pedir otro código en {seconds} s.</translation>
    </message>
</context>
<context>
    <name>ResetPasswordView</name>
    <message>
        <source>Reset password</source>
        <translation>Restablecer contraseña</translation>
    </message>
    <message>
        <source>Enter your email to receive a verification code.</source>
        <translation>Escriba su correo para recibir un código de verificación.</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>Correo electrónico</translation>
    </message>
    <message>
        <source>Send code</source>
        <translation>Enviar código</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Enviando…</translation>
    </message>
    <message>
        <source>Back to sign in</source>
        <translation>Volver a iniciar sesión</translation>
    </message>
    <message>
        <source>Enter your email.</source>
        <translation>Escriba su correo.</translation>
    </message>
</context>
<context>
    <name>RuleList</name>
    <message>
        <source>The password needs</source>
        <translation>La contraseña necesita</translation>
    </message>
    <message>
        <source>At least {count} characters</source>
        <translation>Al menos {count} caracteres</translation>
    </message>
    <message>
        <source>An uppercase letter</source>
        <translation>Una letra mayúscula</translation>
    </message>
    <message>
        <source>A lowercase letter</source>
        <translation>Una letra minúscula</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>Un número</translation>
    </message>
    <message>
        <source>A symbol</source>
        <translation>Un símbolo</translation>
    </message>
    <message>
        <source>No space at either end</source>
        <translation>Ni inicio ni final en blanco</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Checking your password</source>
        <translation>Verificando su contraseña</translation>
    </message>
    <message>
        <source>Getting access</source>
        <translation>Obteniendo acceso</translation>
    </message>
    <message>
        <source>Reading the configuration</source>
        <translation>Leyendo la configuración</translation>
    </message>
    <message>
        <source>Connecting to FileMaker</source>
        <translation>Conectando con FileMaker</translation>
    </message>
    <message>
        <source>Finding your record</source>
        <translation>Buscando su registro</translation>
    </message>
</context>
<context>
    <name>UnavailableView</name>
    <message>
        <source>This computer is not set up yet</source>
        <translation>Este equipo aún no está configurado</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message>
        <source>Personal computer</source>
        <translation>Equipo personal</translation>
    </message>
    <message>
        <source>Shared computer</source>
        <translation>Equipo compartido</translation>
    </message>
    <message>
        <source>Kiosk</source>
        <translation>Quiosco</translation>
    </message>
</context>
</TS>
