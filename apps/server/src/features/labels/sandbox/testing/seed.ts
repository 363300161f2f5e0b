/** The function of docs/guides/label-tags.md: six random symbols, as marketing people pass it on. */
export const SEED = `(function() {
    // Define the characters that can be used in the promo code
    var chars = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    // Initialize an empty string to store the result
    var promoCode = '';
    // Set the desired length of the promo code
    var length = 6;

    // Loop 'length' times to generate each character of the code
    for (var i = 0; i < length; i++) {
        // Generate a random index to pick a character from the 'chars' string
        var randomIndex = Math.floor(Math.random() * chars.length);
        // Append the randomly selected character to the promo code
        promoCode += chars.charAt(randomIndex);
    }

    // Return the generated 6-symbol promo code
    return promoCode.toUpperCase();
})();
`;
